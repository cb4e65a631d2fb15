// The signs that differ between the two scripts, as far as the dictionaries use them.
const SIMPLIFIED = "与业两个为举么义于优会传偿储关内写决况减几则创删别办务动区协单占历参发变叠号后听启团图处复实宽对导将尔属带并应开异张当录径户执扩抛择换据数断无时显杂权条来标档检没灯点状独环现电监码种称签简类约级线组终绑结绘给统继续缀编缩网联脚获补观规触计订认记许设识试话语误说请读调败贴资赋辑输边达过这进连适选邮采释里钟钥链错键长闭间阅队随隐项顺须预骤齐";
const TRADITIONAL = "與業兩個爲舉麼義於優會傳償儲關內寫決況減幾則創刪別辦務動區協單佔歷參發變疊號後聽啓團圖處復實寬對導將爾屬帶並應開異張當錄徑戶執擴拋擇換據數斷無時顯雜權條來標檔檢沒燈點狀獨環現電監碼種稱籤簡類約級線組終綁結繪給統繼續綴編縮網聯腳獲補觀規觸計訂認記許設識試話語誤說請讀調敗貼資賦輯輸邊達過這進連適選郵採釋裏鍾鑰鏈錯鍵長閉間閱隊隨隱項順須預驟齊";
const signs = new Map([...SIMPLIFIED].map((sign, index) => [sign, [...TRADITIONAL][index]]));

export function traditional(text) {
  return [...text].map((sign) => signs.get(sign) ?? sign).join("");
}
